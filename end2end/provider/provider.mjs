/**
 * A provider of OpenID Connect for tests: the certified package `oidc-provider`, with people whose claims look like those
 * of Entra ID. It reads them anew at each sign-in from the file that it is told, so that a test can change them.
 *
 * Usage: node provider.mjs <port> <address of the portal> <file with people>
 */
import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import Provider from "oidc-provider";

const [port, portal, peopleFile] = process.argv.slice(2);
// Another site than the portal, which is at 127.0.0.1: cookies and policies count as they do in the world.
const issuer = `http://localhost:${port}`;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: "first", use: "sig", alg: "RS256" };

/** What the test says at the moment. */
const said = async () => JSON.parse(await readFile(peopleFile, "utf8"));

const page = (title, content) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${content}</main></body></html>`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "vestibule",
      client_secret: "a secret of the tests",
      redirect_uris: [`${portal}/sign-in/return`],
      post_logout_redirect_uris: [`${portal}/sign-in/signed-out`],
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ["a key of the tests"] },
  pkce: { required: () => true },
  // As Entra ID does: the ID token says it all.
  conformIdTokenClaims: false,
  claims: { openid: ["sub", "oid", "tid", "roles", "groups"], profile: ["name", "preferred_username"], email: ["email"] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page("Sign out?", `${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`);
      },
    },
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: async (_ctx, id) => {
    const { people } = await said();
    return people[id] && { accountId: id, claims: () => ({ sub: `subject of ${id}`, ...people[id] }) };
  },
  // Nobody is asked for consent: administrators give it for everybody.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
});

// Where the test wants to have the way back in its hands, people go it by themselves.
provider.use(async (ctx, next) => {
  await next();
  const back = ctx.response.get("location") ?? "";
  if (back.startsWith(`${portal}/sign-in/return`) && (await said()).holds) {
    ctx.remove("location");
    ctx.status = 200;
    ctx.type = "html";
    ctx.body = page("Signed in", `<a href="${back.replaceAll("&", "&amp;")}">Back</a>`);
  }
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) {
    return next();
  }
  if (ctx.method === "GET") {
    ctx.type = "html";
    ctx.body = page(
      "Example provider",
      `<form method="post"><label>Who are you? <input name="who" autofocus></label>
       <button name="do" value="enter">Sign in</button> <button name="do" value="cancel">Cancel</button></form>`,
    );
    return undefined;
  }
  const chunks = [];
  for await (const chunk of ctx.req) {
    chunks.push(chunk);
  }
  const fields = new URLSearchParams(Buffer.concat(chunks).toString());
  const result =
    fields.get("do") === "cancel"
      ? { error: "access_denied", error_description: "the person said no" }
      : { login: { accountId: fields.get("who") } };
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
