"""How the tests set up ejabberd: as Debian ships it, with the services that are off by default.

There is no limit on how fast one may write, and no other server to be reached.
"""

CONFIGURATION = """
loglevel: info
log_rotate_count: 0
hosts: ["{domain}"]
certfiles: ["{certificate}", "{key}", "{web_certificate}", "{web_key}"]
ca_file: "{ca_file}"
acme: {{ auto: false }}
auth_password_format: scram
disable_sasl_mechanisms: [digest-md5, X-OAUTH2]
s2s_access: none
registration_timeout: infinity
captcha_cmd: "{captcha_cmd}"

define_macro:
  TLS_OPTIONS: [no_sslv3, no_tlsv1, no_tlsv1_1, cipher_server_preference, no_compression]
c2s_protocol_options: TLS_OPTIONS

listen:
  - port: {port}
    ip: "{host}"
    module: ejabberd_c2s
    max_stanza_size: 262144
    starttls_required: true
    protocol_options: TLS_OPTIONS
  - port: {direct_tls_port}
    ip: "{host}"
    module: ejabberd_c2s
    max_stanza_size: 262144
    tls: true
    protocol_options: TLS_OPTIONS
  - port: {http_port}
    ip: "{host}"
    module: ejabberd_http
    request_handlers:
      /api: mod_http_api
      /upload: mod_http_upload
  - port: {https_port}
    ip: "{host}"
    module: ejabberd_http
    tls: true
    request_handlers:
      /upload: mod_http_upload

acl:
  local: {{ user_regexp: "" }}
  loopback: {{ ip: ["127.0.0.0/8"] }}
access_rules:
  local: {{ allow: local }}
  loopback: {{ allow: loopback }}
api_permissions:
  the tests:
    from: mod_http_api
    who: loopback
    what: [register, change_password]

modules:
  mod_adhoc: {{}}
  mod_admin_extra: {{}}
  mod_avatar: {{}}
  mod_blocking: {{}}
  mod_caps: {{}}
  mod_carboncopy: {{}}
  mod_client_state: {{}}
  mod_configure: {{}}
  mod_disco: {{}}
  mod_http_api: {{}}
  mod_http_upload:
    put_url: "{web}/upload"
    docroot: "{directory}/upload"
  mod_last: {{}}
  mod_mam:
    assume_mam_usage: true
    default: always
  mod_muc:
    access_create: local
    access_persistent: local
    default_room_options:
      mam: true
  mod_muc_admin: {{}}
  mod_offline: {{}}
  mod_ping: {{}}
  mod_privacy: {{}}
  mod_private: {{}}
  mod_proxy65:
    access: local
    ip: "{host}"
    port: {proxy_port}
  mod_pubsub:
    access_createnode: local
    plugins: [flat, pep]
    force_node_config:
      "eu.siacs.conversations.axolotl.*": {{ access_model: open }}
      storage:bookmarks: {{ access_model: whitelist }}
  mod_push: {{}}
  mod_push_keepalive: {{}}
  mod_register:
    ip_access: loopback
    captcha_protected: {captcha}
  mod_roster:
    versioning: true
  mod_shared_roster: {{}}
  mod_stream_mgmt:
    resend_on_timeout: if_offline
  mod_time: {{}}
  mod_vcard:
    search: true
    host: vjud.{domain}
  mod_vcard_xupdate: {{}}
  mod_version: {{}}
"""

# Draws a picture that anybody can read who knows where one begins.
CAPTCHA = """#!/bin/sh
printf '\\211PNG\\r\\n\\032\\n%s' "$1"
"""
