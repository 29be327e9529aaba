/** Line drawings on a grid of 16, stroke 1.5. */
export const drawings = {
  act: 'M8 1.8 15 14H1L8 1.8ZM8 6.3v3.6M8 11.9v.2',
  know: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.2v4M8 4.8v.2',
  check: 'm2.8 8.6 3.4 3.4 7-8',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z',
  download: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.2 9.6A5.8 5.8 0 0 1 6.4 2.8a5.8 5.8 0 1 0 6.8 6.8Z',
  leave: 'M6.5 2.5h-4v11h4M10 4.8 13.2 8 10 11.2M13 8H6',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  first: 'M3 3v10M13 3 6.5 8l6.5 5Z',
  last: 'M13 3v10M3 3l6.5 5L3 13Z',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  right: 'm6 3.5 4.5 4.5L6 12.5',
  pause: 'M5.5 3v10M10.5 3v10',
  up: 'm3.5 10 4.5-4.5 4.5 4.5',
  sort: 'm5 6 3-3 3 3M5 10l3 3 3-3',
  swap: 'M3 5.5h9.5M10 3l2.7 2.5L10 8M13 10.5H3.5M6 8l-2.7 2.5L6 13',
  key: 'M10.5 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8.3 7.7l-5.8 5.8M4.5 11.5l1.8 1.8',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6',
  redo: 'm10.5 3 3 3-3 3M13.5 6h-7a4 4 0 0 0 0 8H10',
  arrow: 'M2.5 8h10.5M9.5 4.5 13 8l-3.5 3.5',
  service: 'M2 6.2 8 2.5l6 3.7M2.5 13.5h11M4 6.5v7M8 6.5v7M12 6.5v7',
  mixer: 'M2 4.5h2.5c3 0 4 7 7 7H14M2 11.5h2.5c3 0 4-7 7-7H14M12 2.5l2 2-2 2M12 9.5l2 2-2 2',
  bridge: 'M1.5 12.5v-4c4 0 5-3.5 6.5-3.5s2.5 3.5 6.5 3.5v4M1.5 10.5h13M5.5 10.5v-3M10.5 10.5v-3',
  coinjoin: 'M5.8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.2 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  small: 'M2 4.5h12M4.5 8h7M7 11.5h2',
  mined: 'M2.5 13.5 9 7M5.5 3.5c4-2 8 2 7 7M6.5 2.5l7 7',
  'before-ledger': 'M2.5 2.5v11M13.5 8H6M8.5 5.5 6 8l2.5 2.5',
  unspent: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6.3 5.5v5M9.7 5.5v5',
  hub: 'M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4ZM8 1.5v4.3M8 10.2v4.3M1.5 8h4.3M10.2 8h4.3M3.4 3.4l3 3M9.6 9.6l3 3M12.6 3.4l-3 3M6.4 9.6l-3 3',
  limit: 'M12.5 2.5v11M2.5 8H9M6.5 5.5 9 8l-2.5 2.5',
  burned: 'M8 1.5c.5 3 4.5 4.5 4.5 8.3a4.5 4.5 0 0 1-9 0c0-2 1-3 2-4 .3 1.2 1 1.7 1.5 1.7C7.5 6 6.8 3.8 8 1.5Z',
  fee: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v6M6 6.5h3.2M6 9.5h4',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6ZM10.5 10.5l3.5 3.5',
  close: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  keyboard: 'M1.5 4h13v8.5h-13ZM4 6.7v.2M6.7 6.7v.2M9.3 6.7v.2M12 6.7v.2M4.5 9.8h7',
  victim: 'M8 1.8 13.5 4v4c0 3.3-2.3 5.4-5.5 6.4C4.8 13.4 2.5 11.3 2.5 8V4L8 1.8Z',
} as const;

export type IconName = keyof typeof drawings;

/** Always beside a text or a label, so it says nothing itself. Inside an SVG, `at` is its centre. */
export function Icon({
  name,
  size = 16,
  at,
}: {
  readonly name: IconName;
  readonly size?: number;
  readonly at?: { readonly x: number; readonly y: number };
}) {
  return (
    <svg
      className="icon"
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(at === undefined ? {} : { x: at.x - size / 2, y: at.y - size / 2 })}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
