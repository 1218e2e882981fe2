package org.rapport.siem;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the audit log is sent as syslog (RFC 5424), each row as an AuditEvent in JSON; nowhere unless a host is named.
 *
 * @param host name or address of the collector
 * @param port its TCP port, 1 to 65535
 * @param tls whether the connection is encrypted, its certificate checked against the authorities that Java trusts; leave it
 *     on but for a collector on the same machine
 */
@Validated
@ConfigurationProperties("rapport.audit.syslog")
public record SyslogSettings(
        @Nullable String host,
        @Min(1) @Max(65_535) @DefaultValue("6514") int port,
        @DefaultValue("true") boolean tls) {}
