/** The flows. */

/**
 * A way in which AWS IoT provisions devices from a template: just-in-time, by the device's first connection; fleet
 * provisioning, where the device calls `RegisterThing` over MQTT; or `RegisterThing` called for it, for one device or in bulk.
 */
export type Flow = "jitp" | "fleet" | "register-thing";
