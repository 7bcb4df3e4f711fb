import { createContext, type ComponentChildren } from "preact";
import { useContext, useState } from "preact/hooks";
import { PersonDialog } from "./PersonDialog.js";

const ChoosePerson = createContext<(uid: string) => void>(() => undefined);

/** Opens the dialog of a person in the show. */
export function useChoosePerson(): (uid: string) => void {
  return useContext(ChoosePerson);
}

/** Renders the dialog outside the panels, which come and go with the width of the window. */
export function PersonChooser({ children }: { readonly children: ComponentChildren }) {
  const [chosen, setChosen] = useState<string>();
  return (
    <ChoosePerson.Provider value={setChosen}>
      {children}
      {chosen !== undefined && (
        <PersonDialog
          uid={chosen}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      )}
    </ChoosePerson.Provider>
  );
}
