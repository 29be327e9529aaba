export { generateHeist } from './heist/generate.ts';
