package io.mcpaccess.sandbox.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.node.api.healthcheck.Result;
import io.mcpaccess.sandbox.node.NodeHealth;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The node's health. */
final class HealthServlet extends HttpServlet {
    private final transient NodeHealth health;
    private final transient ObjectMapper mapper = new ObjectMapper();

    HealthServlet(NodeHealth health) {
        this.health = health;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Result> results = health.check().toCompletableFuture().join();
        response.setStatus(NodeHealth.status(results));
        response.setContentType("application/json");
        mapper.writeValue(response.getWriter(), results);
    }
}
