import { useAction, useAmbient, useObservable } from "@ambient/react";
import { Switch } from "../ui/Field";
import { Card } from "../ui/layout";
import { Refused, Shown } from "../ui/Notice";
import { Text } from "../ui/Text";
import { clockTime } from "../ui/time";

/** 22:00 until 7:00, in minutes after midnight. */
const NIGHT = { from: 22 * 60, until: 7 * 60 };

export function NotificationSettings() {
  const ambient = useAmbient();
  const settings = useObservable(ambient.notifications.settings);
  const { error, run } = useAction();
  return (
    <Card title="Notifications on your devices">
      <Shown loaded={settings} what="Loading your settings">
        {({ push, quietHours }) => (
          <>
            <Switch
              label="Show notifications"
              isOn={push}
              onChange={(isOn) => {
                run(() => ambient.notifications.editSettings({ push: isOn }));
              }}
            />
            {push && (
              <Switch
                label={`Quiet hours, ${hour(NIGHT.from)} to ${hour(NIGHT.until)}`}
                isOn={quietHours !== null}
                onChange={(isOn) => {
                  run(() =>
                    ambient.notifications.editSettings({ quietHours: isOn ? NIGHT : null }),
                  );
                }}
              />
            )}
          </>
        )}
      </Shown>
      <Text kind="small" color="muted">
        Notifications that weren't shown on your devices still appear above.
      </Text>
      <Refused error={error} />
    </Card>
  );
}

/** Hours and minutes look like minutes and seconds. */
function hour(minutes: number): string {
  return clockTime(minutes * 1_000);
}
