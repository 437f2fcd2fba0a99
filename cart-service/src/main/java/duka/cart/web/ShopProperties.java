package duka.cart.web;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param currency of the whole shop, and so of a cart in which there is nothing yet
 */
@ConfigurationProperties("duka")
record ShopProperties(@DefaultValue("KES") Currency currency) {}
