package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.el.TemplateEngine;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.tracing.api.Tracer;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** The execution context of one run of a flow: attributes, and the beans of the domain's Spring context. */
public final class FlowContext implements ExecutionContext {
    private final ApplicationContext domain;
    private final Request request;
    private final Response response = new ResponseSupport();
    private final Map<String, Object> attributes;

    /**
     * Makes a context.
     *
     * @param domain the domain's Spring context
     * @param request what the policy sees of the request
     * @param attributes attributes to start with; copied
     */
    public FlowContext(ApplicationContext domain, Request request, Map<String, Object> attributes) {
        this.domain = domain;
        this.request = request;
        this.attributes = new HashMap<>(attributes);
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Response response() {
        return response;
    }

    @Override
    public <T> T getComponent(Class<T> type) {
        return domain.getBean(type);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public TemplateEngine getTemplateEngine() {
        throw new UnsupportedOperationException("The sandbox has no template engine for policies");
    }

    @Override
    public Tracer getTracer() {
        return null;
    }
}
