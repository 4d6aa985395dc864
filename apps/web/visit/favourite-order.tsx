// The favourites as a list: moved up and down, taken out, and put back where they were.
import { ActionIcon, Button } from '@mantine/core';
import type { Favourite } from '@clearchart/api';
import { favouriteName } from '@clearchart/care';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { conceptWords } from '../record/fhir.ts';
import { prescriptionOf, type useFavourites } from './favourites.ts';

interface FavouriteOrderProps {
  own: ReturnType<typeof useFavourites>;
  onDone: () => void;
}

const wordsOf = (favourite: Favourite): string =>
  conceptWords(prescriptionOf(favourite)?.concept) ?? favourite.medicine;

export function FavouriteOrder({ own, onDone }: FavouriteOrderProps) {
  const { t } = useTranslation();
  const { favourites, add, move, remove, keeping } = own;
  const [removed, setRemoved] = useState<{ favourite: Favourite; at: number }>();
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<{ name: string; by: -1 | 1 }>(undefined);
  useEffect(() => {
    // A line that moves takes the focus along; at an end the other button has it.
    if (moved.current === undefined || keeping) return;
    const { name, by } = moved.current;
    moved.current = undefined;
    const line = [...(list.current?.children ?? [])].find((one) => (one as HTMLElement).dataset['name'] === name);
    const buttons = [...(line?.querySelectorAll<HTMLButtonElement>('button[data-by]') ?? [])];
    const wanted = buttons.find((one) => one.dataset['by'] === String(by));
    (wanted?.disabled === false ? wanted : buttons.find((one) => !one.disabled))?.focus();
  }, [favourites, keeping]);

  function step(favourite: Favourite, by: -1 | 1, at: number) {
    const words = wordsOf(favourite);
    const isLast = by < 0 ? at === 0 : at === favourites.length - 1;
    return (
      <ActionIcon
        variant="subtle"
        size={44}
        data-by={by}
        disabled={isLast}
        aria-label={t(by < 0 ? 'visit.moveUp' : 'visit.moveDown', { what: words })}
        onClick={() => {
          moved.current = { name: favouriteName(favourite), by };
          move(favourite, by);
        }}
      >
        <Icon name={by < 0 ? 'up' : 'down'} little />
      </ActionIcon>
    );
  }

  return (
    <div className="picker stack">
      <b id="favourite-order">{t('visit.favourites')}</b>
      {favourites.length === 0 ? <p className="small muted">{t('visit.noFavourites')}</p> : null}
      <ul className="favourite-order" ref={list} aria-labelledby="favourite-order">
        {favourites.map((favourite, at) => (
          <li key={favouriteName(favourite)} data-name={favouriteName(favourite)} className="row">
            <span className="grow">
              {wordsOf(favourite)}{' '}
              <small className="muted">
                {favourite.pattern} · {t('visit.forDays', { count: favourite.days })}
              </small>
            </span>
            {step(favourite, -1, at)}
            {step(favourite, 1, at)}
            <ActionIcon
              variant="subtle"
              size={44}
              aria-label={t('visit.removeFavourite', { what: wordsOf(favourite) })}
              onClick={() => {
                setRemoved({ favourite, at });
                remove(favourite);
              }}
            >
              <Icon name="close" little />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {removed === undefined ? null : (
        <p className="small row" role="status">
          <span className="grow">{t('visit.favouriteRemoved', { what: wordsOf(removed.favourite) })}</span>
          <Button
            size="sm"
            variant="subtle"
            onClick={() => {
              add(removed.favourite, removed.at);
              setRemoved(undefined);
            }}
          >
            {t('visit.putBack')}
          </Button>
        </p>
      )}
      <div>
        <Button size="sm" onClick={onDone}>
          {t('visit.favouritesDone')}
        </Button>
      </div>
    </div>
  );
}
