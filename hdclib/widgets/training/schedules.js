// Schedules as the results name them, in words.

/** "1 2 3" as text has it: "1, 2, 3". */
export function listed(schedule) {
  return schedule.replaceAll(" ", ", ");
}
