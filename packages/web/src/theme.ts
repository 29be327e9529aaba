import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent: a deep sea blue-green. White text has contrast 7:1 on shade 7, 4.7:1 on shade 6. */
const sea: MantineColorsTuple = [
  '#eaf6f8',
  '#d5e9ed',
  '#a9d2da',
  '#7abac6',
  '#54a5b5',
  '#3c98aa',
  '#2b7d8e',
  '#17616f',
  '#0f4c5c',
  '#083944',
];

/** Cool neutrals for the dark scheme; 7 is the ground, 6 a surface, 4 a line, 0 the text. */
const dark: MantineColorsTuple = [
  '#dfe5ea',
  '#b4bec7',
  '#94a1ad',
  '#65727e',
  '#3a454f',
  '#2b343c',
  '#1b2228',
  '#12171b',
  '#0d1114',
  '#080b0d',
];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  colors: { sea, dark },
  fontFamily: "'Pretendard Variable', Pretendard, system-ui, sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace, 'Pretendard Variable'",
  headings: { fontFamily: "'Pretendard Variable', Pretendard, system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
});
