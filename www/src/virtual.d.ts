/** The source of every rule by its code; made by build/rules-page.ts. */
declare module "virtual:rule-sources" {
  const sources: Record<string, string>;
  export default sources;
}
