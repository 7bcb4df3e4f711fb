import { useEffect, useState } from "preact/hooks";

/** As in the style sheets, which show one panel at a time below this width. */
const narrow = matchMedia("(max-width: 999px)");

export function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(narrow.matches);
  useEffect(() => {
    const update = () => {
      setNarrow(narrow.matches);
    };
    update();
    narrow.addEventListener("change", update);
    return () => {
      narrow.removeEventListener("change", update);
    };
  }, []);
  return isNarrow;
}
