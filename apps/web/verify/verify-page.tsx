import { Button, TextInput } from '@mantine/core';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLedgerStatus } from '../connection/ledger.ts';
import { formatNumber } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { SealMark } from '../parts/seal.tsx';
import { Note } from '../parts/states.tsx';
import { failureWords } from '../proof/failure-words.ts';
import { useTitle } from '../shell/title.ts';
import { checkFile, type FileOutcome } from './check-file.ts';
import { LinkCheck } from './link-check.tsx';
import { parseCheckLink } from './check-link.ts';
import { parseKnownBlock } from './known-block.ts';
import './verify.css';

export function VerifyPage() {
  const { t } = useTranslation();
  useTitle(t('verify.title'));
  const { data: status } = useLedgerStatus();
  const link = parseCheckLink(location.hash);
  return (
    <div className="wrap verify">
      <div className="page-head">
        <div>
          <h1>{t('verify.title')}</h1>
          <p>{t('verify.lead')}</p>
        </div>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        {link === undefined ? null : <LinkCheck link={link} />}
        <FileCheck ownChain={status?.chainId} />
        <Note tone="plain">{t('verify.limit')}</Note>
      </div>
    </div>
  );
}

type Work =
  | { state: 'idle' }
  | { state: 'working'; done: number; of: number }
  | { state: 'done'; outcome: FileOutcome };

function FileCheck({ ownChain }: { ownChain: string | undefined }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [typedChain, setTypedChain] = useState('');
  const [typedBlock, setTypedBlock] = useState('');
  const [work, setWork] = useState<Work>({ state: 'idle' });
  const chain = typedChain.trim() === '' ? ownChain : typedChain.trim().toLowerCase();
  const chainFault = typedChain.trim() !== '' && !/^[0-9a-f]{64}$/.test(chain ?? '');
  const block = parseKnownBlock(typedBlock);
  const blockFault = typedBlock.trim() !== '' && block === undefined;
  const isFaulty = chainFault || blockFault;

  // A file given before the node has named its chain is checked as soon as it has.
  const [waiting, setWaiting] = useState<File>();
  useEffect(() => {
    if (waiting === undefined || chain === undefined || isFaulty) return;
    setWaiting(undefined);
    void check(waiting, chain);
  });

  async function check(file: File, onChain: string) {
    setWork({ state: 'working', done: 0, of: 0 });
    setWork({
      state: 'done',
      outcome: await checkFile(
        file,
        onChain,
        (done, of) => setWork({ state: 'working', done, of }),
        typedChain.trim() !== '',
        block,
      ),
    });
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    setWaiting(event.dataTransfer.files[0]);
  }

  return (
    <>
      {/* Dropping is a second way beside the button inside */}
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <SealMark state="unchecked" size={56} />
        <div>
          <h2 className="large">{t('verify.drop')}</h2>
          <p className="muted">{t('verify.dropDetail')}</p>
        </div>
        <input
          ref={input}
          className="hidden-visually"
          type="file"
          accept="application/json,.json"
          tabIndex={-1}
          aria-label={t('verify.choose')}
          onChange={(event) => {
            setWaiting(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <Button
          variant="filled"
          leftSection={<Icon name="upload" little />}
          disabled={chain === undefined || isFaulty}
          onClick={() => input.current?.click()}
        >
          {t('verify.choose')}
        </Button>
      </div>
      <div role="status" aria-live="polite">
        {work.state === 'working' ? (
          <p className="muted">{t('verify.working', { done: work.done, of: work.of })}</p>
        ) : null}
        {work.state === 'done' ? <Outcome outcome={work.outcome} /> : null}
      </div>
      <details className="verify-chain">
        <summary>{t('verify.whichChain')}</summary>
        <TextInput
          label={t('verify.chain')}
          description={t('verify.chainDetail')}
          placeholder={ownChain ?? ''}
          value={typedChain}
          onChange={(event) => setTypedChain(event.currentTarget.value)}
          error={chainFault ? t('verify.chainShape') : undefined}
          spellCheck={false}
          autoComplete="off"
        />
        <TextInput
          label={t('verify.block')}
          description={t('verify.blockDetail')}
          value={typedBlock}
          onChange={(event) => setTypedBlock(event.currentTarget.value)}
          error={blockFault ? t('verify.blockShape') : undefined}
          spellCheck={false}
          autoComplete="off"
        />
      </details>
    </>
  );
}

function Outcome({ outcome }: { outcome: FileOutcome }) {
  const { t } = useTranslation();
  return (
    <section className={outcome.ok ? 'card outcome ok' : 'card outcome bad'} aria-label={t('verify.outcome')}>
      <SealMark state={outcome.ok ? 'verified' : 'problem'} size={96} />
      <div>
        <h2 className="large">{outcome.ok ? t('verify.good', { count: outcome.receipts.length }) : t('verify.bad')}</h2>
        <p className="muted">{outcome.ok ? t('verify.goodDetail') : failureWords(outcome.reason, t)}</p>
        {outcome.ok && outcome.chosenChain ? null : outcome.ok ? (
          <p className="small muted">{t('verify.siteChain')}</p>
        ) : null}
      </div>
      {outcome.receipts.length === 0 ? null : (
        <ul className="rows">
          {outcome.receipts.map((receipt) => (
            <li key={receipt.index} className="row">
              <SealMark state={receipt.ok ? 'verified' : 'problem'} />
              <span className="grow">
                {receipt.type === undefined
                  ? t('verify.receiptNumber', { number: receipt.index + 1 })
                  : t(`receipt.type.${receipt.type}`, { defaultValue: receipt.type })}
                {receipt.ok ? null : <span className="small colour-bad"> {failureWords(receipt.reason, t)}</span>}
              </span>
              {receipt.height === undefined ? null : (
                <span className="small muted nowrap">
                  {t('accesses.inBlock', { height: formatNumber(receipt.height) })}
                </span>
              )}
              <span className="tag not-on-phone">
                {receipt.opened ? t('verify.withContent') : t('verify.withoutContent')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
