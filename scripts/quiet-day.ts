import { parseArgs } from 'node:util';
import { measureQuietDay, type QuietDayOptions } from './quiet-day/measure.ts';

/**
 * Measures what every rule says on a day on which nobody does anything wrong:
 * node scripts/quiet-day.ts --movements 10000000 [--seed 7] [--watched --people 1000 --payments 50]
 */
const { values } = parseArgs({
  options: {
    movements: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '7' },
    watched: { type: 'boolean', default: false },
    people: { type: 'string', default: '1000' },
    payments: { type: 'string', default: '50' },
  },
});
let told = 0;
const options: QuietDayOptions = {
  movements: Number(values.movements),
  seed: Number(values.seed),
  mode: values.watched ? 'watched' : 'unrelated',
  people: Number(values.people),
  payments: Number(values.payments),
  onProgress: (movements) => {
    if (movements - told < 500_000) return;
    told = movements;
    process.stderr.write(`${new Date().toISOString()} ${movements.toLocaleString('en')} movements\n`);
  },
};
const result = await measureQuietDay(options);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
