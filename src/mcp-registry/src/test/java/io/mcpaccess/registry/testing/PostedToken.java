package io.mcpaccess.registry.testing;

/** A token against forged requests, as Spring Security makes it: a public interface before a class that is not. */
public interface PostedToken {

    /** The token's value. */
    String getToken();

    /** A token of a class that is nobody else's. */
    static PostedToken of(String value) {
        return new Hidden(value);
    }
}

/** Nobody else's. */
record Hidden(String getToken) implements PostedToken {}
