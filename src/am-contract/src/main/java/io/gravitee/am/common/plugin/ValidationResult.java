package io.gravitee.am.common.plugin;

import java.util.Map;

/**
 * What a provider says about its configuration when an administrator saves it. AM answers 400 when it failed.
 */
public record ValidationResult(boolean succeeded, String failedMessage, Map<String, Object> additionalInformation) {
    public static final ValidationResult SUCCEEDED = new ValidationResult(true, null, Map.of());

    public static ValidationResult valid() {
        return SUCCEEDED;
    }

    public static ValidationResult valid(Map<String, Object> additionalInformation) {
        return new ValidationResult(true, null, additionalInformation);
    }

    public static ValidationResult invalid(String failedMessage) {
        return new ValidationResult(false, failedMessage, Map.of());
    }

    public boolean failed() {
        return !succeeded;
    }
}
