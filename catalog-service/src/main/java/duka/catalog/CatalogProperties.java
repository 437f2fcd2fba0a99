package duka.catalog;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param currency in which everything is sold
 */
@ConfigurationProperties("duka")
public record CatalogProperties(@DefaultValue("KES") Currency currency) {}
