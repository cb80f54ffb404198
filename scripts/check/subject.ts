/** A subject is shorter than this, so that lists of commits show all of it. */
const most = 72;

/** Returns the subjects that break a rule, each with what is accepted. */
export function wrongSubjects(subjects: readonly string[]): { subject: string; why: string }[] {
  return subjects.flatMap((subject) => {
    if (subject.length >= most) return [{ subject, why: `${subject.length} characters; fewer than ${most} are accepted` }];
    if (!/^[a-z][\w-]*: [A-Z]/.test(subject)) {
      return [{ subject, why: 'begin with the area and a capital, as in "timeline: Draw half-open connections"' }];
    }
    return [];
  });
}
