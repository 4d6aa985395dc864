// Letters and notes. What came with its content can be read here or saved; a mere pointer to elsewhere is named as one.
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { saveFile } from '../parts/save-file.ts';
import { type ClinicalDocument, documents } from './documents.ts';
import type { DocumentReference } from './fhir.ts';
import { Folded, RecordCard } from './record-card.tsx';
import { RecordSeal } from './record-seal.tsx';

const FIRST = 5;

export function DocumentsCard({ query }: { query: UseQueryResult<DocumentReference[]> }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.documents')}>
      {(resources) => {
        const list = documents(resources);
        if (list.length === 0) return <p className="muted">{t('record.noDocuments')}</p>;
        return (
          <Folded items={list} first={FIRST}>
            {(shown) => (
              <ul className="rows">
                {shown.map((one) => (
                  <DocumentRow key={one.resource.id} document={one} />
                ))}
              </ul>
            )}
          </Folded>
        );
      }}
    </RecordCard>
  );
}

function DocumentRow({ document }: { document: ClinicalDocument }) {
  const { t } = useTranslation();
  const { words, at, author, text, file, resource } = document;
  const facts = [at === undefined ? undefined : formatShortDate(at), author];
  return (
    <li>
      <div className="problem">
        <div>
          <h3>{words ?? t('record.document')}</h3>
          <p className="small muted">{facts.filter((part) => part !== undefined).join(' · ')}</p>
        </div>
        <RecordSeal resource={resource} short />
      </div>
      {text === undefined ? null : (
        <details className="document">
          <summary>{t('record.read')}</summary>
          <p>{text}</p>
        </details>
      )}
      {file === undefined ? null : (
        <Button variant="subtle" size="sm" className="fold no-print" onClick={() => saveFile('document', file)}>
          {t('record.saveDocument')}
        </Button>
      )}
      {text === undefined && file === undefined ? <p className="small muted">{t('record.documentElsewhere')}</p> : null}
    </li>
  );
}
