package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.sdk.api.OpenFgaApi;
import dev.openfga.sdk.api.client.ApiClient;
import dev.openfga.sdk.api.configuration.Configuration;
import dev.openfga.sdk.api.configuration.ConfigurationOverride;
import dev.openfga.sdk.api.configuration.Credentials;
import dev.openfga.sdk.errors.FgaInvalidParameterException;
import io.mcpaccess.openfga.server.http.HttpTransport;

/** Sets up the SDK so that it does what it is good at, requests and answers, and leaves time and identity to us. */
final class SdkApi {

    private SdkApi() {}

    /**
     * Makes the API over our HTTP client: no retries, no credentials of the SDK's own.
     *
     * @throws IllegalArgumentException when the address is no address
     */
    static OpenFgaApi create(ServerSettings settings, HttpTransport transport, ObjectMapper json) {
        String address = settings.baseUrl();
        Configuration configuration = new Configuration()
                .apiUrl(address)
                .credentials(new Credentials())
                .defaultHeaders(settings.headers())
                .readTimeout(settings.timeouts().search())
                .maxRetries(0);
        try {
            return new OpenFgaApi(configuration, new ApiClient(new SdkHttpClient(transport).asBuilder(), json));
        } catch (FgaInvalidParameterException e) {
            throw new IllegalArgumentException("'" + address + "' is no address of an OpenFGA server", e);
        }
    }

    static ConfigurationOverride options(GuardedCalls.Attempt attempt) {
        return new ConfigurationOverride().readTimeout(attempt.timeout()).additionalHeaders(attempt.headers());
    }
}
