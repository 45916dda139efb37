package io.mcpaccess.contract;

import io.gravitee.am.model.Reference;
import java.util.Map;

/**
 * What an audit builder of this contract holds, for a stand-in that has no AM reporters. No class of AM: plugins must not
 * touch it.
 */
public record AuditEntry(
        String type,
        Reference reference,
        String accessPointId,
        String accessPointClientId,
        String actorId,
        String actorName,
        String targetId,
        String targetType,
        String ipAddress,
        String userAgent,
        Throwable throwable,
        Map<String, Object> newValue) {}
