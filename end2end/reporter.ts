/** Ends a run with one plain line, "N passed, N failed, N skipped", which is easy to find in a long log. */
import type { FullResult, Reporter, TestCase } from "@playwright/test/reporter";

export default class ClosingLine implements Reporter {
  private readonly seen = new Set<TestCase>();

  onTestEnd(test: TestCase): void {
    this.seen.add(test);
  }

  onEnd(_result: FullResult): void {
    const count = (...wanted: ReturnType<TestCase["outcome"]>[]) =>
      [...this.seen].filter((test) => wanted.includes(test.outcome())).length;
    console.log(`${count("expected", "flaky")} passed, ${count("unexpected")} failed, ${count("skipped")} skipped`);
  }

  printsToStdio(): boolean {
    // The list reporter prints the tests; this one only adds its line.
    return false;
  }
}
