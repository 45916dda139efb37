package io.mcpaccess.guard.servlet;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.McpGuard;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.ArgumentCaptor;

class McpGuardFilterTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"ü\"}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final FilterChain chain = mock(FilterChain.class);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private McpGuardFilter filter;

    @BeforeEach
    void set() throws IOException {
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"https://b.example/mcp\",\"username\":\"alice\"}")));
        filter = new McpGuardFilter(
                new McpGuard(GuardConfiguration.of(AM.baseUrl() + "/demo", "https://b.example/mcp", "billing-mcp", "s2")
                        .withLimits(Limits.usual()
                                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))
                                .withBodyBytes(200))));
        when(response.getOutputStream()).thenReturn(collecting(written));
        when(request.getHeaders(anyString())).thenAnswer(call -> Collections.emptyEnumeration());
        when(request.getHeaderNames())
                .thenAnswer(call -> Collections.enumeration(List.of("Authorization", "Mcp-Session-Id")));
    }

    @Test
    void answersTheMetadataAtPathAndRootForm() throws Exception {
        for (String path :
                List.of("/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource")) {
            written.reset();
            send("GET", path, "", null);
            assertThat(written.toString(StandardCharsets.UTF_8))
                    .contains("\"resource\":\"https://b.example/mcp\"", AM.baseUrl() + "/demo/oidc");
        }
        verify(chain, never()).doFilter(any(), any());
    }

    @Test
    void refusesToChangeTheMetadata() throws Exception {
        send("POST", "/.well-known/oauth-protected-resource", "", null);
        verify(response).setStatus(405);
    }

    @Test
    void checksEveryOtherPath() throws Exception {
        for (String path : List.of("/mcp", "/mcp/", "/MCP", "/.well-known/oauth-protected-resource/", "/x;y=/mcp")) {
            send("POST", path, PING, null);
        }
        verify(response, times(5)).setStatus(401);
        verify(chain, never()).doFilter(any(), any());
    }

    @Test
    void handsTheServerTheVeryBytesThatWereChecked() throws Exception {
        send("POST", "/mcp", PING, "Bearer t");
        ArgumentCaptor<HttpServletRequest> passed = ArgumentCaptor.forClass(HttpServletRequest.class);
        verify(chain).doFilter(passed.capture(), any());
        HttpServletRequest seen = passed.getValue();
        assertThat(seen.getReader().readLine()).isEqualTo(PING);
        assertThat(new String(seen.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(PING);
        assertThat(seen.getContentLength()).isEqualTo(PING.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void tellsTheServerWhoCalls() throws Exception {
        send("POST", "/mcp", PING, "Bearer t");
        ArgumentCaptor<Caller> caller = ArgumentCaptor.forClass(Caller.class);
        verify(request).setAttribute(eq(McpGuardFilter.CALLER), caller.capture());
        assertThat(caller.getValue().subject()).isEqualTo("alice");
    }

    @Test
    void showsServerAndClientTheirOwnSessionIds() throws Exception {
        send("POST", "/mcp", PING, "Bearer t");
        ArgumentCaptor<HttpServletResponse> passed = ArgumentCaptor.forClass(HttpServletResponse.class);
        verify(chain).doFilter(any(), passed.capture());
        passed.getValue().setHeader("mcp-session-id", "s1");
        ArgumentCaptor<String> sealed = ArgumentCaptor.forClass(String.class);
        verify(response).setHeader(eq("mcp-session-id"), sealed.capture());
        assertThat(sealed.getValue()).startsWith("s1.").hasSizeGreaterThan(40);

        session(sealed.getValue());
        send("POST", "/mcp", PING, "Bearer t");
        ArgumentCaptor<HttpServletRequest> seen = ArgumentCaptor.forClass(HttpServletRequest.class);
        verify(chain, times(2)).doFilter(seen.capture(), any());
        assertThat(seen.getValue().getHeader("MCP-SESSION-ID")).isEqualTo("s1");
        assertThat(Collections.list(seen.getValue().getHeaders("Mcp-Session-Id")))
                .containsExactly("s1");
    }

    @Test
    void refusesASessionIdThatIsNotSealed() throws Exception {
        session("s1");
        send("POST", "/mcp", PING, "Bearer t");
        verify(response).setStatus(404);
        verify(chain, never()).doFilter(any(), any());
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
        send("POST", "/mcp", " ".repeat(201), "Bearer t");
        verify(response).setStatus(413);
        verify(chain, never()).doFilter(any(), any());
    }

    private void session(String id) {
        when(request.getHeaders("Mcp-Session-Id")).thenAnswer(call -> Collections.enumeration(List.of(id)));
    }

    private void send(String method, String path, String body, String authorization)
            throws IOException, ServletException {
        when(request.getMethod()).thenReturn(method);
        when(request.getRequestURI()).thenReturn(path);
        ServletInputStream input = reading(body);
        when(request.getInputStream()).thenReturn(input);
        if (authorization != null) {
            when(request.getHeaders("Authorization"))
                    .thenAnswer(call -> Collections.enumeration(List.of(authorization)));
        }
        filter.doFilter(request, response, chain);
    }

    private static ServletInputStream reading(String body) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static ServletOutputStream collecting(ByteArrayOutputStream target) {
        return new ServletOutputStream() {
            @Override
            public void write(int one) {
                target.write(one);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
