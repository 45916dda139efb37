package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One server to register.
 *
 * @param name what messages call it
 * @param path the registry's path for it
 * @param body what is sent; may hold credentials
 */
record Declaration(String name, String path, ObjectNode body) {
    static final String DECLARE = "/servers";
    static final String IMPORT = "/servers/import";

    @Override
    public String toString() {
        return "Declaration[" + name + "]";
    }
}
