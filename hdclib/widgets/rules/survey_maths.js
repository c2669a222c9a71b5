// Rule against truth on every stack up to a size, and how far a cascade reaches: the page's twin of
// hdclib/rules/surveys.py and hdclib/rules/criterion.py. Pure functions; tests/widgets/rules/test_survey_scripts.py
// compares them with hdclib.
import { commonDivisor, divisorOfTwo } from "../kit/dilation.js";

/** M_2 of the paper, its factor 2 as printed; the stack needs two layers. */
export function paperDistance(stack) {
  let distance = stack[stack.length - 1];
  for (let i = stack.length - 2; i > 0; i -= 1) {
    distance = Math.max(distance - 2 * stack[i], 2 * stack[i] - distance, stack[i]);
  }
  return distance;
}

/** The same with kernelSize - 1 in place of 2. */
export function repairedDistance(stack, kernelSize) {
  let distance = stack[stack.length - 1];
  for (let i = stack.length - 2; i > 0; i -= 1) {
    distance = Math.max(distance - (kernelSize - 1) * stack[i], stack[i]);
  }
  return distance;
}

function arePairwiseCoprime(stack) {
  for (let i = 1; i < stack.length; i += 1) {
    for (let j = 0; j < i; j += 1) if (divisorOfTwo(stack[i], stack[j]) > 1) return false;
  }
  return true;
}

const ascending = []; // room to sort in, so that a survey makes no garbage

/** The exact criterion for one kernel size: the theorem, without counting (hdclib's surveys count). */
export function meetsCriterion(stack, kernelSize) {
  const depth = stack.length;
  for (let i = 0; i < depth; i += 1) {
    let place = i;
    for (; place > 0 && ascending[place - 1] > stack[i]; place -= 1) ascending[place] = ascending[place - 1];
    ascending[place] = stack[i];
  }
  let reach = 1;
  for (let i = 0; i < depth; i += 1) {
    if (ascending[i] > reach && kernelSize > 1) return false;
    reach += (kernelSize - 1) * ascending[i];
  }
  return true;
}

/** Rules that a survey can try, as hdclib.rules.surveys.RULES. */
export const SURVEY_RULES = {
  distance: (stack, kernelSize) => paperDistance(stack) <= kernelSize,
  repaired: (stack, kernelSize) => repairedDistance(stack, kernelSize) <= kernelSize,
  divisor: (stack) => commonDivisor(stack) === 1,
  coprime: arePairwiseCoprime,
  largest: (stack, kernelSize) => Math.max(...stack) <= kernelSize,
  exact: meetsCriterion,
};

/** What a survey can demand of the stacks, as hdclib.rules.surveys.DEMANDS. */
export const SURVEY_DEMANDS = {
  none: () => true,
  first: (stack) => stack[0] === 1,
  divisor: (stack) => commonDivisor(stack) === 1,
};

/**
 * Start a survey. question: { rule, kernelSize, depths, largest, order, demand }, as hdclib.rules.surveys takes them.
 * The counts are rightAcceptances, falseAcceptances, falseRejections and rightRejections.
 */
export function startSurvey(question) {
  const depths = [...new Set(question.depths)].sort((a, b) => a - b);
  const total = depths.reduce((sum, depth) => sum + countStacks(depth, question.largest, question.order), 0);
  const survey = { question, depths, depth: 0, stack: null, seen: 0, total, done: false };
  survey.counts = { rightAcceptances: 0, falseAcceptances: 0, falseRejections: 0, rightRejections: 0 };
  survey.smallest = { falseAcceptances: null, falseRejections: null };
  return survey;
}

/** Number of stacks of a depth with dilations up to `largest`, as hdclib.all_stacks lists them. */
export function countStacks(depth, largest, order) {
  if (order === "any") return largest ** depth;
  let count = 1;
  for (let i = 1; i <= depth; i += 1) count = (count * (largest + i - 1)) / i;
  return count;
}

/** Look at up to `budget` more stacks, and note what they are. Returns the survey itself. */
export function continueSurvey(survey, budget) {
  const { rule, kernelSize, demand } = survey.question;
  const [accepts, wanted] = [SURVEY_RULES[rule], SURVEY_DEMANDS[demand]];
  for (let left = budget; left > 0 && !survey.done; left -= 1) {
    if (!nextStack(survey)) break;
    survey.seen += 1;
    if (wanted(survey.stack)) noteStack(survey, accepts(survey.stack, kernelSize), meetsCriterion(survey.stack, kernelSize));
  }
  return survey;
}

/** The whole survey at once. */
export function wholeSurvey(question) {
  return continueSurvey(startSurvey(question), Infinity);
}

/** Move to the next stack in dictionary order, then to the next depth; false at the end. */
function nextStack(survey) {
  const { largest, order } = survey.question;
  const { stack } = survey;
  if (stack) {
    let place = stack.length - 1;
    while (place >= 0 && stack[place] === largest) place -= 1;
    if (place >= 0) {
      stack[place] += 1;
      for (let i = place + 1; i < stack.length; i += 1) stack[i] = order === "any" ? 1 : stack[place];
      return true;
    }
    survey.depth += 1;
  }
  survey.done = survey.depth === survey.depths.length;
  survey.stack = survey.done ? null : new Array(survey.depths[survey.depth]).fill(1);
  return !survey.done;
}

function noteStack({ counts, smallest, stack }, accepted, free) {
  if (accepted === free) {
    counts[free ? "rightAcceptances" : "rightRejections"] += 1;
    return;
  }
  const kind = accepted ? "falseAcceptances" : "falseRejections";
  counts[kind] += 1;
  const known = smallest[kind];
  if (!known || (known.length === stack.length && sumOf(stack) < sumOf(known))) smallest[kind] = [...stack];
}

function sumOf(stack) {
  let sum = 0;
  for (let i = 0; i < stack.length; i += 1) sum += stack[i];
  return sum;
}
