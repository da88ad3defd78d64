/*
 * Included before everything else when better-sqlite3 is compiled for a runtime with Node-API 9 (Electron 33).
 *
 * The only thing of Node-API 10 that it uses is a reference to a string (or another value that is no object); with
 * Node-API 9 a reference can hold objects, functions and symbols only. Such a value is put into an object here and
 * taken out again when it is asked for. The other way, Node-API's experimental mode, runs finalizers inside the garbage
 * collector and ends the process as soon as a prepared statement is collected.
 */
#pragma once
#include <node_api.h>

namespace node_api_9 {

inline constexpr napi_type_tag box_tag = {0x76697472696e6520ULL, 0x626f786564207631ULL};

inline napi_status create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_symbol) {
    return napi_create_reference(env, value, count, result);
  }
  napi_value box;
  status = napi_create_object(env, &box);
  if (status == napi_ok) status = napi_type_tag_object(env, box, &box_tag);
  if (status == napi_ok) status = napi_set_element(env, box, 0, value);
  if (status == napi_ok) status = napi_create_reference(env, box, count, result);
  return status;
}

inline napi_status get_reference_value(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr) return status;
  napi_valuetype type;
  status = napi_typeof(env, *result, &type);
  if (status != napi_ok || type != napi_object) return status;
  bool boxed = false;
  status = napi_check_object_type_tag(env, *result, &box_tag, &boxed);
  return status == napi_ok && boxed ? napi_get_element(env, *result, 0, result) : status;
}

}  // namespace node_api_9

#define napi_create_reference node_api_9::create_reference
#define napi_get_reference_value node_api_9::get_reference_value
