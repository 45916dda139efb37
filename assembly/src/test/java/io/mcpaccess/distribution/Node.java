package io.mcpaccess.distribution;

/** The two processes of AM that load plugins. */
enum Node {
    GATEWAY,
    MANAGEMENT
}
