package io.gravitee.am.authorizationengine.api.model;

import java.util.Map;

/**
 * An AuthZEN question as AM's engines take it. Use the canonical constructors; AM's builders are not declared here.
 */
public record AuthorizationEngineRequest(Subject subject, Resource resource, Action action, Context context) {
    /** Who asks to act. */
    public record Subject(String type, String id, Map<String, Object> properties) {}

    /** What is acted on. */
    public record Resource(String type, String id, Map<String, Object> properties) {}

    /** What is done. */
    public record Action(String name, Map<String, Object> properties) {}

    /** Everything else about the question. */
    public record Context(Map<String, Object> attributes) {}
}
