package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * Clients whose identifier is the URL of their metadata document: what the sandbox has of
 * {@code io.gravitee.am.model.oidc.CIMDSettings}, which AM has since 4.12.
 *
 * @param enabled whether such clients are taken
 * @param template client identifier of the application that such a client is a copy of
 * @param httpAllowed whether a document may be at a plain http URL
 * @param privateAllowed whether a document may be on a private network or this machine
 * @param allowedDomains hosts that a document may be on, {@code *.} for one level below; empty for all
 * @param timeoutMillis how long a document may take
 * @param mostKilobytes how large it may be
 * @param cacheSeconds how long it is kept at most
 */
public record ClientDocumentsRow(
        boolean enabled,
        String template,
        boolean httpAllowed,
        boolean privateAllowed,
        List<String> allowedDomains,
        int timeoutMillis,
        int mostKilobytes,
        int cacheSeconds) {}
