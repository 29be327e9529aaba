/** Tasks of one name one after another, whatever became of the one before. */
export function inTurn<T>(turns: Map<string, Promise<unknown>>, name: string, task: () => Promise<T>): Promise<T> {
  const before = turns.get(name) ?? Promise.resolve();
  const turn = before.then(task, task);
  turns.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}
