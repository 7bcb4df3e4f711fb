import { type PastShow, type ShowSummary, summaryCsv } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useFetchedPages } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { Button } from "../ui/Button.js";
import { amountText, dayText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Skeleton } from "../ui/Notice.js";
import { words } from "../words/words.js";

const PAGE = 6;

/** The person's last shows side by side, with the current one marked. */
export function PastShows({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const pages = useFetchedPages<PastShow, PastShow>(
    (after) => ambient.shows.compareWithLastShows({ limit: PAGE, after }),
    [ambient, showId],
  );
  const { items: shows, isLoading } = pages;
  if (!shows) {
    return isLoading ? (
      <Skeleton rows={3} />
    ) : (
      <ListEnd what={words.summary.past.title} pages={pages} />
    );
  }
  return (
    <section class="card" aria-labelledby="past-shows">
      <h2 id="past-shows">{words.summary.past.title}</h2>
      {/* Scrollable by keyboard as well, where the table is wider than the page. */}
      <div class="table-scroll" role="group" aria-label={words.summary.past.table} tabIndex={0}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words.summary.past.show}</th>
              <th scope="col">{words.summary.peak}</th>
              <th scope="col">{words.summary.joined}</th>
              <th scope="col">{words.summary.past.listening}</th>
              <th scope="col">{words.summary.past.followers}</th>
              <th scope="col">{words.summary.comments}</th>
              <th scope="col">{words.summary.reactions}</th>
              <th scope="col">{words.summary.past.plays}</th>
              <th scope="col">{words.summary.past.saves}</th>
              <th scope="col">{words.summary.past.support}</th>
            </tr>
          </thead>
          <tbody>
            {shows.map(({ id, title, startedAt, summary }) => (
              <tr key={id} aria-current={id === showId ? "true" : undefined}>
                <th scope="row">
                  <a href={placeOfShow(id)} dir="auto">
                    {title}
                  </a>
                  {startedAt && <span class="muted small">{dayText(startedAt.toMillis())}</span>}
                </th>
                <td>{summary?.peak}</td>
                <td>{summary?.listeners}</td>
                <td>
                  {summary?.listenerMinutes !== undefined &&
                    words.count.shortMinutes(summary.listenerMinutes)}
                </td>
                <td>{summary?.newFollowers !== undefined && `+${summary.newFollowers}`}</td>
                <td>{summary?.comments}</td>
                <td>{summary?.reactions && totalOf(summary.reactions)}</td>
                <td>{summary?.tracksPlayed}</td>
                <td>{summary?.saves}</td>
                <td>{summary?.support && supportText(summary.support)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="actions">
        <Button
          isSmall
          icon="down"
          onClick={() => {
            download("ambient-shows.csv", summaryCsv(shows));
          }}
        >
          {words.summary.past.download}
        </Button>
      </div>
      <ListEnd what={words.summary.past.title} pages={pages} text={words.summary.past.earlier} />
    </section>
  );
}

function totalOf(reactions: Readonly<Record<string, number>>): number {
  return Object.values(reactions).reduce((sum, each) => sum + each, 0);
}

function supportText(support: NonNullable<ShowSummary["support"]>): string {
  return Object.entries(support)
    .map(([currency, { amount }]) => amountText({ amount, currency }))
    .join(", ");
}

function download(name: string, text: string): void {
  // With a byte order mark; without one, spreadsheets misread accented titles.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
