package io.gravitee.am.model;

import java.util.List;

/**
 * A tool of an MCP server and the OAuth scopes it needs, all of them.
 */
public class McpTool extends ProtectedResourceFeature {
    private List<String> scopes;

    public McpTool() {
        setType(ProtectedResourceFeature.Type.MCP_TOOL);
    }

    public List<String> getScopes() {
        return scopes;
    }

    public void setScopes(List<String> scopes) {
        this.scopes = scopes;
    }
}
