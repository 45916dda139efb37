package io.mcpaccess.registry.map;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style sheet of the map's page, and the hash that lets a browser use it. */
final class MapStyle {

    static final String TEXT = "body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem;color:#1a1a1a;background:#fff}"
            + "h1{font-size:1.4rem}form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0}"
            + "label{display:flex;flex-direction:column;font-size:.85rem;gap:.2rem}input,button{font:inherit;"
            + "padding:.3rem .5rem}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:.4rem 0}"
            + "th,td{border:1px solid #767676;padding:.4rem .5rem;text-align:left;vertical-align:top;"
            + "overflow-wrap:anywhere}thead th{background:#eee}thead a{color:inherit}"
            + "th[aria-sort=ascending] a::after{content:\" \\25B2\"}th[aria-sort=descending] a::after{content:\" \\25BC\"}"
            + "code{font-family:ui-monospace,monospace}ul{margin:0;padding-left:1.1rem}p{margin:.2rem 0}"
            + ".no{font-weight:600}nav{margin:1rem 0;display:flex;gap:1rem}pre{white-space:pre-wrap;margin:0}"
            + "@media print{form,nav,td a{display:none}thead{display:table-header-group}tr{break-inside:avoid}}";

    /** The source expression of Content Security Policy Level 3 for {@link #TEXT}. */
    static final String HASH = "sha256-" + hash();

    private MapStyle() {}

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
