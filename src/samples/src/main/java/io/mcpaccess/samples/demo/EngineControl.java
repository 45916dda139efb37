package io.mcpaccess.samples.demo;

import java.io.IOException;

/** How the demo's engine goes away and comes back. */
interface EngineControl {
    /** Takes it away, and says how. */
    String takeAway() throws IOException;

    /** Brings it back with the permissions that the demo began with, and says how. */
    String bringBack() throws IOException;
}
