import { type Action, dialogOf, region, type Scene, uidOf } from "../action.js";

const byBen = ({ ben }: Scene) => ben;
const byDan = ({ dan }: Scene) => dan;

async function comeBack({ ben }: Scene): Promise<void> {
  await ben.page.goBack();
  await ben.seesHeading("Your account");
}

/** What a creator and a supporter do about money. */
export const money: readonly Action[] = [
  {
    name: "set up payments",
    method: "support.openAccount",
    person: byBen,
    reach: ({ ben }) => ben.button("Set up payments").waitFor(),
    act: ({ ben }) => ben.click("Set up payments"),
    request: ["**/openSupportAccount"],
    refusal: { alertIn: ({ ben }) => region(ben, "Get paid") },
    shows: ({ ben }) => ben.seesHeading("Get paid with Stripe"),
    async restore({ ben }) {
      await ben.click("Give Stripe everything");
      await ben.sees(/^Listeners can support you\.$/);
    },
  },
  {
    name: "see payouts",
    method: "support.openDashboard",
    person: byBen,
    act: ({ ben }) => ben.click("Payouts on Stripe"),
    request: ["**/openSupportDashboard"],
    refusal: { alertIn: ({ ben }) => region(ben, "Get paid") },
    shows: ({ ben }) => ben.page.waitForURL(/\/express\//),
    restore: comeBack,
  },
  {
    name: "support a creator",
    method: "support.give",
    person: byDan,
    async reach({ dan }) {
      await dan.goTo(`#/creator/${uidOf("creator-ben")}`);
      await dan.click("Support");
      await dan.page.getByText("€5.00").click();
    },
    act: ({ dan }) => dan.click("Continue with €5.00"),
    request: ["**/supportCreator"],
    refusal: { alertIn: ({ dan }) => dialogOf(dan) },
    shows: ({ dan }) => dan.page.getByRole("link", { name: "Pay with Stripe (new tab)" }).waitFor(),
    async restore({ ben, dan }) {
      const opened = dan.context.waitForEvent("page");
      await dan.page.getByRole("link", { name: "Pay with Stripe (new tab)" }).click();
      const stripe = await opened;
      await stripe.getByRole("button", { name: "Pay", exact: true }).click();
      await stripe.getByText("Your payment of €5.00 arrived.").waitFor();
      await stripe.close();
      await ben.button(/^Refund .€5.00. from /).waitFor();
    },
  },
  {
    name: "refund a payment",
    method: "support.refund",
    person: byBen,
    reach: ({ ben }) => ben.click(/^Refund .€5.00. from /),
    act: ({ ben }) => ben.click("Refund now"),
    request: ["**/refundSupport"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    async shows({ ben }) {
      await ben.sees(/, refunded$/);
      await dialogOf(ben).waitFor({ state: "detached" });
    },
  },
];
