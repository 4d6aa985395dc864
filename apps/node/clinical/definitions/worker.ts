/** The validation worker: takes batches of questions from the main thread, answers in the same order. */
import { parentPort } from 'node:worker_threads';
import { giveBackMemory } from '../../give-back-memory.ts';
import { examine, extract, loadDefinitions, patchByFhirPath } from './examine.ts';
import type { Answer, Question } from './definitions.ts';

/** Questions answered before the first answers go back, so that both threads work at once. */
const ANSWERS_PER_MESSAGE = 16;

function answer(question: Question): string {
  const resource = JSON.parse(question.json);
  switch (question.kind) {
    case 'examine':
      return JSON.stringify(examine(resource));
    case 'extract':
      return JSON.stringify(extract(resource, question.codes));
    case 'patch':
      return JSON.stringify(patchByFhirPath(resource, JSON.parse(question.parameters)));
  }
}

function answerSafely(question: Question): Answer {
  try {
    return { id: question.id, json: answer(question) };
  } catch (fault) {
    const refused = fault instanceof Error && fault.constructor.name === 'OperationOutcomeError';
    return { id: question.id, fault: refused ? 'refused' : fault instanceof Error ? fault.name : 'unknown' };
  }
}

parentPort?.on('message', (questions: Question[]) => {
  for (let start = 0; start < questions.length; start += ANSWERS_PER_MESSAGE) {
    parentPort?.postMessage(questions.slice(start, start + ANSWERS_PER_MESSAGE).map(answerSafely));
  }
});

const table = loadDefinitions();
await giveBackMemory();
parentPort?.postMessage({ table });
