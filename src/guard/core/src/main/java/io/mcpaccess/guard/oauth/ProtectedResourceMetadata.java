package io.mcpaccess.guard.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;

/**
 * The metadata document of the MCP server (RFC 9728, section 2).
 *
 * @param resource the MCP server; its URL is the document's {@code resource}
 * @param issuer the authorization server's issuer identifier
 * @param scopesSupported the scopes a client may ask for; may be empty, then the member is left out
 * @param name a name for people; may be null, then left out
 * @param proofs how proofs of possession are taken; which algorithms, and whether tokens must be bound, stands in the
 *     document
 */
public record ProtectedResourceMetadata(
        ResourceIdentifier resource, URI issuer, List<String> scopesSupported, String name, ProofRules proofs) {
    /** Takes an immutable copy of the scopes. */
    public ProtectedResourceMetadata {
        scopesSupported = List.copyOf(scopesSupported);
    }

    /**
     * @return the document as JSON text; members without a value are left out (RFC 9728, section 3.2)
     */
    public String toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("resource", resource.toString());
        document.putArray("authorization_servers").add(issuer.toString());
        document.putArray("bearer_methods_supported").add("header");
        if (!scopesSupported.isEmpty()) {
            scopesSupported.forEach(document.putArray("scopes_supported")::add);
        }
        if (name != null) {
            document.put("resource_name", name);
        }
        new TreeSet<>(proofs.algorithms()).forEach(document.putArray("dpop_signing_alg_values_supported")::add);
        if (proofs.required()) {
            document.put("dpop_bound_access_tokens_required", true);
        }
        return document.toString();
    }
}
