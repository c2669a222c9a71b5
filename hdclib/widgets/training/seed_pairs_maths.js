// What two schedules come to, seed by seed.

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Everything that is said of two schedules of a setting, each { scores, failed, read }: the differences, first minus
 * second, in how many seeds the first is ahead and behind, the mean where neither failed, and what they differ in.
 */
export function pairOf(first, second) {
  const differences = first.scores.map((score, seed) => score - second.scores[seed]);
  const learned = differences.filter((_, seed) => !first.failed.includes(seed) && !second.failed.includes(seed));
  return {
    differences,
    means: [mean(first.scores), mean(second.scores)],
    difference: mean(differences),
    ahead: differences.filter((one) => one > 0).length,
    behind: differences.filter((one) => one < 0).length,
    learned: { seeds: learned.length, difference: learned.length ? mean(learned) : null },
    differsIn: Object.keys(first.read).filter((name) => first.read[name] !== second.read[name]),
  };
}

/** The test of a pair among those of its setting, first minus second whichever came first there; undefined if none. */
export function testOf(tests, first, second) {
  const found = tests.find(([one, other]) => (one === first && other === second) || (one === second && other === first));
  if (!found) return undefined;
  const [one, , difference, halfWidth, p, family] = found;
  return { difference: one === first ? difference : -difference, halfWidth, p, family };
}

/** Ends and step of a scale of mean IoU that holds all scores, with at most seven steps. */
export function scaleOf(scores) {
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  const step = [0.005, 0.01, 0.02, 0.05, 0.1].find((size) => Math.ceil(most / size) - Math.floor(least / size) <= 7) ?? 0.2;
  return { from: Math.floor(least / step) * step, to: Math.ceil(most / step) * step, step };
}
