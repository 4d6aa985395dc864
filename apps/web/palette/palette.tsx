// An ARIA combobox whose list is chosen from with the arrows: the focus stays in the field.
import type { RegistryLine } from '@clearchart/api';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { matching } from './matching.ts';
import { type Command, useActs, usePages } from './use-commands.ts';
import { usePeople } from './use-people.ts';
import './palette.css';

const PersonDialog = lazy(async () => ({ default: (await import('../registry/person-dialog.tsx')).PersonDialog }));

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [line, setLine] = useState<RegistryLine>();
  const list = useRef<HTMLDivElement>(null);
  const people = usePeople(typed, setLine);
  const pages = matching(usePages(), typed);
  const acts = matching(useActs(), typed);
  const groups = [
    { name: 'people', commands: people },
    { name: 'pages', commands: pages },
    { name: 'acts', commands: acts },
  ].filter(({ commands }) => commands.length > 0);
  const all = groups.flatMap(({ commands }) => commands);
  const chosen = Math.min(at, Math.max(0, all.length - 1));
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function run(command: Command | undefined): void {
    if (command === undefined) return;
    command.run();
    if (command.staysOpen !== true) onClose();
  }

  function press(event: React.KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((chosen + step + all.length) % Math.max(1, all.length));
    else if (event.key === 'Enter') run(all[chosen]);
    else return;
    event.preventDefault();
  }

  if (line !== undefined) {
    return (
      <Suspense fallback={null}>
        <PersonDialog line={line} onClose={onClose} />
      </Suspense>
    );
  }
  let index = 0;
  return (
    <Dialog onClose={onClose} title={t('palette.title')} classNames={{ body: 'palette' }} yOffset="8dvh">
      <input
        className="mantine-Input-input palette-field"
        role="combobox"
        aria-label={t('palette.label')}
        aria-expanded={all.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(all.length === 0 ? {} : { 'aria-activedescendant': `${id}-${chosen}` })}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        // What was typed may be a name: no browser keeps it.
        name="palette"
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={t('palette.title')} ref={list}>
        {groups.map(({ name, commands }) => (
          <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
            <p className="palette-group" id={`${id}-${name}`}>
              {t(`palette.group.${name}`)}
            </p>
            {commands.map((command) => {
              const own = index++;
              return (
                // The field keeps the focus and the keys; a pointer chooses here.
                <div
                  key={command.id}
                  id={`${id}-${own}`}
                  className="palette-entry"
                  role="option"
                  aria-selected={own === chosen}
                  onPointerMove={() => setAt(own)}
                  onClick={() => run(command)}
                >
                  <Icon name={command.icon} little />
                  {command.words}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p className="small muted palette-status" role="status">
        {all.length === 0 ? t('palette.nothing') : t('palette.count', { count: all.length })}
      </p>
    </Dialog>
  );
}
