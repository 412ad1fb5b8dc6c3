const one = (target: string, output: string, ...values: string[]) => ({ target, match: 'exact', values, output })
const beginning = (target: string, output: string, ...values: string[]) => ({
  target,
  match: 'starts-with',
  values,
  output,
})

/**
 * What the demo company decides: rates for its currencies, that pipeline is qualified once needs are known, and how the
 * many spellings of its forms and lists are named and grouped. A company of one's own starts without a mapping.
 */
export const DEMO_RULES = {
  organisation: {
    name: 'Northwind Instruments',
    zone: 'UTC',
    currency: 'USD',
    rates: { EUR: '1.08', GBP: '1.27', JPY: '0.0067' },
  },
  stages: { qualified: [[{ field: 'probability', operator: 'at-least', value: 20 }]] },
  mapping: [
    one('medium', 'Paid Search', 'cpc', 'ppc', 'paid-search', 'paidsearch', 'Paid Search'),
    one('medium', 'Paid Social', 'paid-social', 'paidsocial', 'social-paid', 'Paid Social'),
    one('medium', 'Content Syndication', 'content-syndication'),
    one('medium', 'Trade Show', 'tradeshow', 'trade-show', 'Trade Show'),
    one('medium', 'Field Event', 'event'),
    one('medium', 'Webinar', 'webinar'),
    one('medium', 'Email', 'email'),
    one('medium', 'Chat', 'chat'),
    one('medium', 'Marketing - Website', 'Web', 'Marketing - Website'),
    one('medium', 'Sales - List Import', 'List', 'Sales - List Import'),
    one('medium', 'Direct', 'Direct'),
    {
      target: 'medium',
      match: 'pattern',
      values: ['^(lead|contact) created without', '^opportunity created without'],
      output: 'Not stated',
    },

    one('source', 'Google', 'google', 'google.com', 'adwords'),
    one('source', 'Bing', 'bing', 'bing.com'),
    one('source', 'LinkedIn', 'linkedin', 'linkedin.com', 'li'),
    one('source', 'Facebook', 'facebook', 'meta'),

    one(
      'medium-category',
      'Paid Media',
      'Paid Search',
      'Paid Social',
      'Content Syndication',
      'Marketing - Paid Media List Import',
    ),
    one('medium-category', 'Organic', 'Organic Search', 'Organic Social', 'Referral'),
    one('medium-category', 'Website', 'Direct', 'Chat', 'Marketing - Website'),
    one('medium-category', 'Events', 'Trade Show', 'Field Event', 'Webinar', 'Marketing - Tradeshow/Event'),
    one('medium-category', 'Email', 'Email'),
    one('medium-category', 'Inbound', 'Marketing - Inbound Call/Email'),
    one('medium-category', 'Lists', 'Marketing - List Import'),
    one('medium-category', 'Not stated', 'Not stated', 'Other/Unknown'),
    beginning('medium-category', 'Channel Partners', 'Channel -'),
    beginning('medium-category', 'Sales Prospecting', 'Sales -'),
    {
      target: 'medium-category',
      match: 'pattern',
      values: ['^(bdr|sdr|ae|user) engagement$'],
      output: 'Sales Prospecting',
    },

    one('department', 'Marketing', 'Paid Media', 'Organic', 'Website', 'Events', 'Email', 'Inbound', 'Lists'),
    one('department', 'Sales', 'Sales Prospecting'),
    one('department', 'Channel', 'Channel Partners'),
    one('department', 'Other', 'Not stated'),

    one('engagement-type', 'Whitepaper - ROI Workbook', 'whitepaper - roi workbook'),
    beginning('engagement-type-category', 'Whitepaper', 'Whitepaper -'),
    beginning('engagement-type-category', 'Webinar', 'Webinar'),
    one('engagement-type-category', 'Content', 'Case Study', 'Newsletter Signup'),
    one('engagement-type-category', 'Event', 'Booth Scan', 'Booth Demo', 'Dinner Attended'),
    one('engagement-type-category', 'Sales Request', 'Demo Request', 'Pricing Request', 'Contact Us', 'Chat'),
    one('engagement-type-category', 'Buying Group', 'Dormant Contact Added to Opportunity'),
    {
      target: 'engagement-type-category',
      match: 'pattern',
      values: [
        '^(marketing|sales|channel) - ',
        '^(lead|contact|opportunity) created without',
        '^(other/unknown|list|web)$',
      ],
      output: 'Not stated',
    },
  ],
}
