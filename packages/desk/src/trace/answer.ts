/** Drives a trace to its end: hands each question to `provide` and its answer back. What `provide` throws passes through. */
export async function answer<Ask, Rows, T>(
  run: Generator<Ask, T, Rows>,
  provide: (ask: Ask) => Promise<Rows>,
): Promise<T> {
  let step = run.next();
  while (!step.done) step = run.next(await provide(step.value));
  return step.value;
}
