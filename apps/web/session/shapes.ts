/** The shapes of the API's answers, fetched with the first of them; checked without `eval`, which the page's policy forbids. */
import type * as Shapes from '@clearchart/api';

export async function loadShapes(): Promise<typeof Shapes> {
  const shapes = await import('@clearchart/api');
  shapes.checkWithoutEval();
  return shapes;
}
