import type { TagsFile } from './content.ts';
import type { RowsFile } from './rows/model.ts';

/** Every attribution that the trace was told, in the order of the addresses. */
export function tagsOf({ tags }: RowsFile): TagsFile {
  return { tags: tags.flatMap((it) => it.tags) };
}
