package io.mcpaccess.guard.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.oauth.CallerKind;
import io.mcpaccess.guard.servlet.McpGuardFilter;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedMcpServletTest {
    private final HttpServlet transport = mock(HttpServlet.class);
    private final GuardedMcpServlet servlet = new GuardedMcpServlet(
            new McpGuard(GuardConfiguration.of("http://127.0.0.1:1/demo", "https://b.example/mcp", "id", "s")),
            transport);

    @Test
    void letsNothingThroughUnchecked() throws Exception {
        HttpServletRequest request = mock(HttpServletRequest.class);
        HttpServletResponse response = mock(HttpServletResponse.class);
        ServletInputStream body = mock(ServletInputStream.class);
        when(body.readNBytes(org.mockito.ArgumentMatchers.anyInt())).thenReturn(new byte[0]);
        when(request.getMethod()).thenReturn("POST");
        when(request.getRequestURI()).thenReturn("/mcp");
        when(request.getInputStream()).thenReturn(body);
        when(request.getHeaders(anyString())).thenAnswer(call -> Collections.emptyEnumeration());
        when(response.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
        servlet.service(request, response);
        verify(response).setStatus(401);
        verify(transport, never()).service(any(), any());
    }

    @Test
    void startsAndEndsTheTransport() throws Exception {
        ServletConfig config = mock(ServletConfig.class);
        servlet.init(config);
        verify(transport).init(config);
        servlet.destroy();
        verify(transport).destroy();
    }

    @Test
    void tellsToolsWhoCalls() {
        Caller alice = new Caller(CallerKind.USER, "alice", Optional.empty());
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getAttribute(McpGuardFilter.CALLER)).thenReturn(alice);
        assertThat(GuardedMcpServlet.caller(GuardedMcpServlet.callers().extract(request)))
                .isEqualTo(alice);
    }

    @Test
    void failsAToolThatTheGuardDoesNotStandBefore() {
        McpTransportContext none = GuardedMcpServlet.callers().extract(mock(HttpServletRequest.class));
        assertThatIllegalStateException()
                .isThrownBy(() -> GuardedMcpServlet.caller(none))
                .withMessageContaining("contextExtractor");
    }
}
