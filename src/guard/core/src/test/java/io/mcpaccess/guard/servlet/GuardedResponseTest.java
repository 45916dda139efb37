package io.mcpaccess.guard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.mcpaccess.guard.ListFilter;
import io.mcpaccess.guard.McpSession;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class GuardedResponseTest {
    private final HttpServletResponse client = mock(HttpServletResponse.class);
    private final ListFilter filter = mock(ListFilter.class);
    private final StringWriter sent = new StringWriter();
    private GuardedResponse response;

    @BeforeEach
    void wrap() throws IOException {
        when(client.getWriter()).thenReturn(new PrintWriter(sent));
        when(filter.apply(anyString())).thenReturn(Optional.of("{\"kept\":1}"));
        response = new GuardedResponse(client, mock(McpSession.class), Optional.of(filter));
    }

    @Test
    void filtersABodyWrittenAsBytesCutAnywhere() throws IOException {
        byte[] body = "{\"name\":\"ü€\"}".getBytes(StandardCharsets.UTF_8);
        ServletOutputStream output = response.getOutputStream();
        for (byte one : body) {
            output.write(one);
        }
        response.finish();
        verify(filter).apply("{\"name\":\"ü€\"}");
        assertThat(sent).hasToString("{\"kept\":1}");
    }

    @Test
    void filtersAStreamLineByLine() throws IOException {
        when(client.getContentType()).thenReturn("text/event-stream;charset=utf-8");
        response.getWriter().write("data: {}\n\n");
        response.getWriter().flush();
        assertThat(sent).hasToString("data: {\"kept\":1}\n\n");
    }

    @Test
    void isPrivateWhateverTheServerSays() {
        response.setHeader("cache-control", "public");
        response.addHeader("Cache-Control", "public");
        response.setHeader("X-Other", "1");
        verify(client).setHeader("Cache-Control", "private, no-store");
        verify(client).setHeader("X-Other", "1");
        verify(client, never()).setHeader(any(), eq("public"));
        verify(client, never()).addHeader(any(), any());
    }

    @Test
    void isPrivateAlsoWhenTheServerBeginsAgain() {
        response.reset();
        InOrder order = inOrder(client);
        order.verify(client).reset();
        order.verify(client).setHeader("Cache-Control", "private, no-store");
    }

    @Test
    void announcesNoLength() {
        response.setContentLength(5);
        response.setContentLengthLong(5);
        response.setHeader("Content-Length", "5");
        response.setIntHeader("Content-Length", 5);
        response.addIntHeader("content-length", 5);
        verify(client, never()).setContentLength(anyInt());
        verify(client, never()).setHeader(eq("Content-Length"), any());
        verify(client, never()).setIntHeader(any(), anyInt());
        verify(client, never()).addIntHeader(any(), anyInt());
    }
}
