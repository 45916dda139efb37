package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.RequestHead;
import io.mcpaccess.guard.oauth.PresentedProof;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the head of a servlet request. */
final class ServletHead {
    /** Where a container puts the chain that TLS authenticated (Servlet 6.0, section 3.9). */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private ServletHead() {}

    static RequestHead of(HttpServletRequest request) {
        // A container may keep the names to itself (Servlet 6.0, getHeaderNames): then there is no token either.
        Enumeration<String> names = request.getHeaderNames();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : names == null ? List.<String>of() : Collections.list(names)) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return RequestHead.of(request.getMethod(), headers).withCertificate(certificate(request));
    }

    private static Optional<String> certificate(HttpServletRequest request) {
        if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
            try {
                return Optional.of(PresentedProof.thumbprint(chain[0].getEncoded()));
            } catch (CertificateEncodingException noneThatCounts) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
