import { placeOfCreator } from "../app/route.js";
import { Avatar } from "../ui/Avatar.js";

/** A person in a list, with a link to their page. */
export function PersonLink({ uid, name }: { readonly uid: string; readonly name: string }) {
  return (
    <a class="row-person person-link" href={placeOfCreator(uid)}>
      <Avatar uid={uid} name={name} size={34} />
      <span class="row-title">{name}</span>
    </a>
  );
}
