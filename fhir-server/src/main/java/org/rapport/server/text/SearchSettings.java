package org.rapport.server.text;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Free-text search.
 *
 * @param fullText whether a Lucene index in the data directory serves _text, _content and terminology; without it
 *     these searches are refused and writes cost less
 */
@ConfigurationProperties("rapport.search")
public record SearchSettings(@DefaultValue("true") boolean fullText) {}
