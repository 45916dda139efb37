package io.mcpaccess.guard.oauth.jwt;

/** The issuer answered, but not with what OpenID Connect Discovery or RFC 7517 asks for. */
final class UnusableDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong; holds nothing from the document
     */
    UnusableDocumentException(String message) {
        super(message);
    }
}
