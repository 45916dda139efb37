package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.mcpaccess.registry.testing.PostedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.junit.jupiter.api.Test;

class FormTokenTest {

    private final ContainerRequestContext request = mock(ContainerRequestContext.class);

    @Test
    void isReadThoughItsClassIsNotPublic() {
        token(PostedToken.of("a1b2"));

        assertThat(FormToken.of(request)).contains("a1b2");
    }

    @Test
    void isEmptyWhereThereIsNoneOrNotOneOfThisKind() {
        assertThat(FormToken.of(request)).isEmpty();
        token("text");
        assertThat(FormToken.of(request)).isEmpty();
        token(PostedToken.of(null));
        assertThat(FormToken.of(request)).isEmpty();
    }

    private void token(Object token) {
        when(request.getProperty("org.springframework.security.web.csrf.CsrfToken"))
                .thenReturn(token);
    }
}
