import { inAWeek } from "../documents.js";
import { cardOf, now, settings } from "../../support/rules/builders.js";
import { remove, set, update, type Write } from "../../support/rules/world.js";
import {
  but,
  creators,
  creatorsWhoMayAct,
  everyone,
  hostsWhoMayAct,
  notSuspended,
  personaOf,
  signedIn,
  somebody,
} from "../roles.js";
import {
  type Allow,
  everyState,
  type Filter,
  mainStates,
  oneState,
  rowsOf,
  type Scene,
} from "../table.js";

const path = "shows/{showId}";
const show = (scene: Scene): string => `shows/${scene.show}`;

/** Only the creator reads a draft. Only the creator and admins read a show that was taken down. */
export const whoMayReadTheShow: readonly Allow[] = [
  { roles: creators },
  {
    roles: signedIn,
    statuses: ["scheduled", "live", "ended", "cancelled"],
    visibilities: ["public", "unlisted", "withheld"],
  },
  { roles: ["admin"], visibilities: ["taken_down"] },
];

/** Before it is live, while nobody has taken it down or withheld it. */
const planning: readonly Allow[] = [
  {
    roles: creatorsWhoMayAct,
    statuses: ["draft", "scheduled"],
    visibilities: ["public", "unlisted"],
  },
];
const renaming: readonly Allow[] = [
  ...planning,
  {
    roles: creatorsWhoMayAct,
    statuses: ["live"],
    visibilities: ["public", "unlisted", "withheld"],
  },
];
/** An absent creator may still edit the show's document as a host. */
const directing: readonly Allow[] = [
  {
    roles: [...hostsWhoMayAct, "absent creator"],
    statuses: ["live"],
    visibilities: ["public", "unlisted", "withheld"],
  },
];

const change =
  (fields: (scene: Scene) => Record<string, unknown>) =>
  (scene: Scene): { writes: readonly Write[] } => ({
    writes: [update(show(scene), { ...fields(scene), updatedAt: now() })],
  });
const to = (field: string, value: unknown) => (): Record<string, unknown> => ({ [field]: value });

const draft = (scene: Scene): Record<string, unknown> => ({
  creatorUid: scene.me,
  creator: cardOf({ uid: scene.me, displayName: nameOf(scene.me), photoUrl: null }),
  title: "Night shift",
  visibility: "public",
  status: "draft",
  createdAt: now(),
  updatedAt: now(),
});

function nameOf(uid: string): string {
  const people = everyone.map(personaOf);
  return people.find((person) => person.uid === uid)?.displayName ?? "";
}

/** The fields that only the server writes, each with a value that an attacker might want. */
const serverFields: Readonly<Record<string, unknown>> = {
  creatorUid: somebody.uid,
  creator: cardOf(somebody),
  hostUid: somebody.uid,
  startedAt: now(),
  endedAt: now(),
  endReason: "ended_by_host",
  commentFeed: "digest",
  adaptedSlowModeSeconds: 0,
  audience: { listeners: 5000, peak: 9000 },
  playlist: { id: "other", name: "Other", imageUrl: null, trackCount: 9 },
  hasWordFilter: false,
  takenDown: null,
  createdAt: now(),
};

const list = (filters: (scene: Scene) => readonly Filter[]) => (scene: Scene) => ({
  list: { parent: "", collection: "shows", filters: filters(scene) },
});

/** Lists find what is public. */
const listing: readonly Allow[] = [
  {
    roles: signedIn,
    statuses: ["scheduled", "live", "ended", "cancelled"],
    visibilities: ["public"],
  },
];

export const showRows = [
  ...rowsOf(path, everyState, (row) => [
    row.get("the show", (scene) => ({ get: show(scene) }), { allow: whoMayReadTheShow }),
    row.list(
      "one visibility and status",
      list(({ visibility, status }) => [
        ["visibility", "EQUAL", visibility],
        ["status", "EQUAL", status],
      ]),
      { allow: listing },
    ),
    row.list(
      "one creator's of one visibility and status",
      list(({ visibility, status }) => [
        ["creatorUid", "EQUAL", somebody.uid],
        ["visibility", "EQUAL", visibility],
        ["status", "EQUAL", status],
      ]),
      { allow: listing },
    ),
    row.list(
      "several creators' of one visibility and status",
      list(({ visibility, status }) => [
        ["creatorUid", "IN", [somebody.uid, personaOf("creator").uid]],
        ["visibility", "EQUAL", visibility],
        ["status", "EQUAL", status],
      ]),
      { allow: listing },
    ),
    row.update("`title`", change(to("title", "Other")), { allow: renaming }),
    row.update("`description`", change(to("description", "Other")), { allow: renaming }),
    row.update("`tags`", change(to("tags", ["soul"])), { allow: renaming }),
    row.update(
      "`visibility`",
      change(({ visibility }) => ({
        visibility: visibility === "unlisted" ? "public" : "unlisted",
      })),
      {
        allow: [
          ...planning,
          {
            roles: creatorsWhoMayAct,
            statuses: ["draft", "scheduled"],
            visibilities: ["withheld"],
          },
        ],
      },
    ),
    row.update(
      "`scheduledFor`",
      change(() => ({ scheduledFor: inAWeek() })),
      { allow: planning },
    ),
    row.update("`adultsOnly`", change(to("adultsOnly", true)), { allow: planning }),
    row.update(
      "`status` between draft and scheduled",
      change(({ status }) =>
        status === "draft" ? { status: "scheduled", scheduledFor: inAWeek() } : { status: "draft" },
      ),
      { allow: planning },
    ),
    row.update("`settings`", change(to("settings", settings({ slowModeSeconds: 10 }))), {
      allow: directing,
    }),
    row.update("`pinnedCommentId`: a visible comment", change(to("pinnedCommentId", "visible")), {
      allow: directing,
    }),
    row.update(
      "`updatedAt`",
      change(() => ({})),
      { allow: [...planning, ...directing] },
    ),
    row.delete("the show", (scene) => ({ writes: [remove(show(scene))] }), {
      allow: [
        {
          roles: creators,
          statuses: ["draft"],
          visibilities: ["public", "unlisted", "withheld"],
        },
      ],
    }),
  ]),
  ...rowsOf(path, mainStates, (row) => [
    row.update(
      "`status` to live, or from live to ended",
      change(({ status }) => ({
        status: status === "live" ? "ended" : "live",
      })),
    ),
    row.update(
      "`status` to cancelled, or from cancelled to draft",
      change(({ status }) => ({
        status: status === "cancelled" ? "draft" : "cancelled",
      })),
    ),
    row.update(
      "`visibility` to taken_down or withheld",
      change(({ visibility }) => ({
        visibility: visibility === "withheld" ? "taken_down" : "withheld",
      })),
    ),
    row.update("`pinnedCommentId`: a hidden comment", change(to("pinnedCommentId", "hidden"))),
    row.update("`pinnedCommentId`: no comment", change(to("pinnedCommentId", "absent"))),
    ...Object.entries(serverFields).map(([field, value]) =>
      row.update(`\`${field}\``, change(to(field, value))),
    ),
    row.batch(
      "hide a comment and unpin",
      (scene) => ({
        writes: [
          update(`${show(scene)}/comments/visible`, { hidden: true }),
          update(show(scene), { pinnedCommentId: null, updatedAt: now() }),
        ],
      }),
      {
        allow: [
          {
            roles: hostsWhoMayAct,
            statuses: ["live"],
            visibilities: ["public", "unlisted", "withheld"],
          },
        ],
      },
    ),
    row.batch("pin a comment and hide it", (scene) => ({
      writes: [
        update(`${show(scene)}/comments/visible`, { hidden: true }),
        update(show(scene), { pinnedCommentId: "visible", updatedAt: now() }),
      ],
    })),
  ]),
  ...rowsOf(path, oneState, (row) => [
    row.get("an id without a show", () => ({ get: "shows/absent" }), {
      allow: signedIn,
      mayBeMissing: true,
    }),
    row.list(
      "without a filter",
      list(() => []),
    ),
    row.list(
      "public ones of every status",
      list(() => [["visibility", "EQUAL", "public"]]),
    ),
    row.list(
      "live ones of every visibility",
      list(() => [["status", "EQUAL", "live"]]),
    ),
    row.list(
      "public ones that are live or scheduled",
      list(() => [
        ["visibility", "EQUAL", "public"],
        ["status", "IN", ["live", "scheduled"]],
      ]),
      { allow: signedIn },
    ),
    row.list(
      "public ones that are live or drafts",
      list(() => [
        ["visibility", "EQUAL", "public"],
        ["status", "IN", ["live", "draft"]],
      ]),
    ),
    row.list(
      "public live ones with a tag",
      list(() => [
        ["visibility", "EQUAL", "public"],
        ["status", "EQUAL", "live"],
        ["tags", "ARRAY_CONTAINS", "soul"],
      ]),
      { allow: signedIn },
    ),
    row.list(
      "own",
      list(({ me }) => [["creatorUid", "EQUAL", me]]),
      { allow: signedIn },
    ),
    row.list(
      "own of one status",
      list(({ me }) => [
        ["creatorUid", "EQUAL", me],
        ["status", "EQUAL", "ended"],
      ]),
      { allow: signedIn },
    ),
    row.list(
      "another creator's",
      list(() => [["creatorUid", "EQUAL", somebody.uid]]),
    ),
    row.list("the collection group", () => ({
      list: {
        parent: "",
        collection: "shows",
        isGroup: true,
        filters: [
          ["visibility", "EQUAL", "public"],
          ["status", "EQUAL", "live"],
        ],
      },
    })),
    row.create(
      "own draft",
      (scene) => ({
        writes: [set("shows/new", draft(scene))],
      }),
      { allow: but(notSuspended, "without terms") },
    ),
    row.create("a draft in another person's name", (scene) => ({
      writes: [
        set("shows/new", { ...draft(scene), creatorUid: somebody.uid, creator: cardOf(somebody) }),
      ],
    })),
    row.create("a draft with another person's name and picture", (scene) => ({
      writes: [set("shows/new", { ...draft(scene), creator: cardOf(somebody) })],
    })),
    row.create("a draft under an id that was used before", (scene) => ({
      writes: [set("shows/used-before", draft(scene))],
    })),
    ...["scheduled", "live", "ended", "cancelled"].map((status) =>
      row.create(`a show that is ${status}`, (scene) => ({
        writes: [set("shows/new", { ...draft(scene), status, scheduledFor: inAWeek() })],
      })),
    ),
    ...["audience", "hostUid", "pinnedCommentId", "startedAt"].map((field) =>
      row.create(`a draft with \`${field}\``, (scene) => ({
        writes: [set("shows/new", { ...draft(scene), [field]: scene.me })],
      })),
    ),
  ]),
];
